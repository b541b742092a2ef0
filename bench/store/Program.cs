using Postroom.Store.Bench;

// What a POST costs the writer, by how many come at once; then what a lookup of a fresh key costs.
// Usage: dotnet run -c Release --project bench/store [-- posts <callers> <seconds> | keys <generations> <keys>
//        | postgres-growth <address of an empty database> <address of another> <entries in that one>]
switch (args)
{
    case ["posts", var callers, var seconds]:
        await PostBench.RunAsync(int.Parse(callers), TimeSpan.FromSeconds(int.Parse(seconds)));
        break;
    case ["keys", var generations, var keys]:
        KeyBench.Run(int.Parse(generations), int.Parse(keys));
        break;
    case ["postgres-growth", var small, var large, var entries]:
        await PostgresGrowth.RunAsync(small, large, long.Parse(entries));
        break;
    default:
        foreach (var callers in new[] { 1, 26, 64, 256, 512 })
        {
            await PostBench.RunAsync(callers, TimeSpan.FromSeconds(4));
        }

        KeyBench.Run(generations: 10, keys: 1_000_000);
        break;
}
