using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>openapi</c>: <c>on</c>, <c>off</c>, or an object.</summary>
internal static class OpenApiReader
{
    private const string Key = "openapi";

    public static OpenApiDeclaration Read(LoadScope scope, SourceMapping root)
    {
        var unless = new OpenApiDeclaration();
        if (root.Text(Key) is { } switched)
        {
            if (switched.Text is not ("on" or MeasureReader.Off))
            {
                scope.Fault(switched,
                    $"`{Key}` is `on`, `off` or an object such as `{{title: My API}}`, not "
                    + $"`{Excerpt.Of(switched.Text)}`.");
            }

            return unless with { IsServed = switched.Text != MeasureReader.Off };
        }

        return root.Mapping(Key) is not { } mapping
            ? unless
            : new()
            {
                Title = mapping.Text("title")?.Text,
                Version = mapping.Text("version")?.Text ?? unless.Version,
                Description = mapping.Text("description")?.Text,
            };
    }
}
