using Postroom.Browser.Tests;

// One browser and one processor's worth of pages: what the tests judge is order, never speed.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Chromium))]
