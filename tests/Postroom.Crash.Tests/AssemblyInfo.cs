// The processes under test want the machine for themselves: a class at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
