"""SPARQL evaluation in processes that can be killed.

pyoxigraph has no time-out and no cancel, and a kilobyte of nested braces overflows the stack
of its parser. So a query first passes a guard that counts (`guard`), and is then evaluated in
a separate process (`process`) that is read-only, limited in memory, and killed when its time
is up; a `pool` of these admits a bounded number of queries. Measured on two cores: the hop
between the processes costs 0.05 ms, a kill 2 ms, a new process 10 to 30 ms.

    query -> guard -> pool -> process: repairs, search, evaluation -> answer
"""
