import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;

/** What the OWL API, the library inside Protégé, sees in each file: classes, properties, individuals. */
public class Signature {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology found =
                OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            System.out.println(
                found.getClassesInSignature().size()
                    + " " + found.getObjectPropertiesInSignature().size()
                    + " " + found.getDataPropertiesInSignature().size()
                    + " " + found.getAnnotationPropertiesInSignature().size()
                    + " " + found.getIndividualsInSignature().size());
        }
    }
}
