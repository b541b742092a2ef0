// Most of the time is spent waiting for an fsync or for a process to start: two classes fit on two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
