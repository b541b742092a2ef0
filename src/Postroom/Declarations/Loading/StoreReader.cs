using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>store</c> and <c>files</c>: which engine keeps the entries, and where files are.</summary>
internal static class StoreReader
{
    private const string Shared = "files: {disk: {shared: true}}";

    public static StoreDeclaration Read(LoadScope scope, SourceMapping root)
    {
        Check(scope, root.Text("store"), "store", "sqlite", "an object such as `{postgres: \"${DATABASE_URL}\"}`");
        Check(scope, root.Text("files"), "files", "disk", "an object: `{disk: {shared: true}}` or `{s3: …}`");
        var postgres = root.Mapping("store")?.Text("postgres");
        var shares = root.Mapping("files")?.Mapping("disk")?.Flag("shared") == true;
        var hasBucket = root.Mapping("files")?.Find("s3") is not null;
        if (postgres is not null && !shares && !hasBucket)
        {
            scope.Fault(postgres,
                "`store: {postgres: …}` is for several nodes, and a file on the disk of one is not there for the "
                + "others. Put `data` where all of them see it, or run one node, and say "
                + $"`{Shared}`; or keep files in a bucket: `files: {{s3: …}}`.");
        }

        return new StoreDeclaration
        {
            Postgres = postgres?.Text,
            SharesFiles = shares,
            Bucket = BucketReader.Read(scope, root.Mapping("files")),
        };
    }

    private static void Check(LoadScope scope, SourceScalar? value, string key, string word, string other)
    {
        if (value is not null && value.Text != word)
        {
            scope.Fault(value, $"`{key}` is `{word}` or {other}, not `{Excerpt.Of(value.Text)}`.");
        }
    }
}
