using Postroom.JsonSchema.Loading;
using Postroom.JsonSchema.Text;

namespace Postroom.JsonSchema.Compiling;

/// <summary>Finds the schema that a reference leads to.</summary>
internal sealed class ReferenceFinder(SchemaIndex index, ErrorList errors, SchemaOptions options)
{
    /// <summary>Null when it leads nowhere, which is noted.</summary>
    /// <param name="reference">The value of the keyword.</param>
    /// <param name="scope">For a dynamic reference, else null.</param>
    public SourceNode? Find(SourceNode reference, DynamicScope? scope)
    {
        string text = reference.Text;
        SchemaResource home = reference.Parent!.Resource!;
        UriReference uri = home.Uri.Resolve(text);
        if (index.Find(uri.WithoutFragment) is not { } resource)
        {
            string missing = uri.WithoutFragment;
            errors.Add(reference, $"the reference {text} leads to {missing}, which cannot be found", missing);
            return null;
        }

        string fragment = Uri.UnescapeDataString(uri.Fragment ?? "");
        SourceNode? target = fragment.Length == 0 || fragment[0] == '/'
            ? Walk(resource.Root, fragment)
            : resource.Anchors.GetValueOrDefault(fragment);
        if (target is null)
        {
            errors.Add(reference, $"the reference {text} leads nowhere");
            return null;
        }

        return IsSchema(target) ? Outermost(reference, fragment, resource, scope) ?? target : Refuse(reference, text);
    }

    /// <summary>JSON Schema Core, section 8.2.3.2: where the fragment is one that <c>$dynamicAnchor</c> made, the
    /// outermost schema resource that has it too is meant. In 2019-09 the same holds of <c>$recursiveAnchor</c>.
    /// </summary>
    private static SourceNode? Outermost(
        SourceNode reference, string fragment, SchemaResource resource, DynamicScope? scope)
    {
        string anchor = reference.Key == "$recursiveRef" ? SchemaResource.Recursive : fragment;
        bool isDynamic = scope is not null && (fragment.Length > 0 || reference.Key == "$recursiveRef");
        return isDynamic && resource.DynamicAnchors.ContainsKey(anchor) ? scope!.Find(anchor) : null;
    }

    private static SourceNode? Walk(SourceNode root, string pointer)
    {
        SourceNode? target = root;
        foreach (string token in pointer.Split('/').Skip(1))
        {
            target = target?.Child(PointerText.Unescape(token));
        }

        return target;
    }

    private bool IsSchema(SourceNode target)
    {
        if (target.Resource is null && (options.IgnoreUnknown || IsUnderExtension(target)))
        {
            index.Adopt(target);
        }

        return target.Resource is not null;
    }

    private SourceNode? Refuse(SourceNode reference, string text)
    {
        errors.Add(reference, $"the reference {text} leads to something that is not a schema");
        return null;
    }

    private static bool IsUnderExtension(SourceNode node)
    {
        for (SourceNode? at = node; at is not null; at = at.Parent)
        {
            if (at.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                return node.IsObject || node.IsBoolean;
            }
        }

        return false;
    }
}
