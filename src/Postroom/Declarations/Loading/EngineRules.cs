using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Which store and which files this version has.</summary>
internal static class EngineRules
{
    public static void Check(LoadScope scope, SourceMapping root)
    {
        Check(scope, root.Text("store"), "store", "sqlite", "postgres");
        Check(scope, root.Text("files"), "files", "disk", "s3");
    }

    private static void Check(LoadScope scope, SourceScalar? value, string key, string available, string later)
    {
        if (value is null || value.Text == available)
        {
            return;
        }

        scope.Fault(value, value.Text == later
            ? Availability.Missing($"`{key}: {later}`", $"Use `{key}: {available}` or remove it.")
            : $"`{key}` must be `{available}`, not `{Excerpt.Of(value.Text)}`.");
    }
}
