using Postroom.Declarations.Yaml;
using Postroom.JsonSchema;

namespace Postroom.Declarations.Loading;

/// <summary>Reads one endpoint.</summary>
internal static class EndpointReader
{
    public static EndpointDeclaration Read(
        LoadScope scope, string path, SourceMapping mapping, EndpointDefaults common)
    {
        var origins = ListReader.Read(scope, mapping, "origins", OriginText.Parse);
        var schema = SchemaReader.Read(scope, mapping);
        var spam = SpamReader.Read(scope, mapping, schema);
        ServerLimitsReader.RefuseIn(scope, mapping);
        var isUpload = UploadReader.IsUpload(mapping);
        var isResource = mapping.Text("kind")?.Text == "resource";
        if (!isResource)
        {
            ResourceReader.RefuseIn(scope, mapping, isUpload);
        }

        if (!isUpload)
        {
            UploadReader.RefuseIn(scope, mapping);
        }

        EndpointDeclaration declaration = new()
        {
            Path = path,
            Kind = isResource ? EndpointKind.Resource : EndpointKind.Form,
            Schema = schema?.Json,
            SchemaOptions = schema?.Options ?? SchemaOptions.AssertingFormats,
            Respond = Respond(scope, mapping, schema),
            Redirect = Redirect(scope, mapping, [.. common.Origins, .. origins]),
            Compatible = CompatibleReader.Read(mapping),
            Access = isResource ? AccessRule.Public : Access(scope, mapping),
            Resource = isResource ? ResourceReader.Read(scope, mapping, schema) : new(),
            Formats = FormatsReader.Names(scope, mapping),
            XmlNamespaces = FormatsReader.Namespaces(scope, mapping),
            Files = FilesReader.Read(scope, mapping),
            Limits = LimitsReader.Read(
                scope, mapping, isUpload ? common.Limits.ForUploads() : common.Limits),
            Idempotency = IdempotencyReader.Read(scope, mapping),
            Spam = spam,
            Opening = OpeningReader.Read(scope, mapping),
            Unique = UniqueReader.Read(scope, mapping, schema),
            Quota = QuotaReader.Read(scope, mapping),
            Origins = origins,
            Person = PersonReader.Read(scope, mapping, schema),
            Retention = RetentionReader.Age(scope, mapping, common.Retention),
            Quarantine = RetentionReader.Quarantine(scope, mapping, common.Quarantine),
        };
        return isUpload ? UploadReader.Complete(scope, mapping, declaration) : declaration;
    }

    private static RespondDeclaration Respond(LoadScope scope, SourceMapping endpoint, SchemaSource? schema)
    {
        var declared = new RespondDeclaration();
        if (endpoint.Mapping("respond") is not { } mapping)
        {
            return declared;
        }

        return new()
        {
            Created = Message(scope, mapping, "created", schema) ?? declared.Created,
            Required = Message(scope, mapping, "required", schema),
            Closed = (mapping.Text("closed") ?? mapping.Mapping("closed")?.Text("message"))?.Text,
        };
    }

    private static string? Message(LoadScope scope, SourceMapping respond, string key, SchemaSource? schema)
    {
        if ((respond.Text(key) ?? respond.Mapping(key)?.Text("message")) is not { } message)
        {
            return null;
        }

        var fields = MessageTemplate.Fields(message.Text, out var fault);
        if (fields is null)
        {
            scope.Fault(message, fault!);
        }

        foreach (var field in fields ?? [])
        {
            if (schema?.FaultOf(field) is { } unknown)
            {
                scope.Fault(message, unknown);
            }
        }

        return message.Text;
    }

    private static string? Redirect(LoadScope scope, SourceMapping endpoint, IReadOnlyList<string> origins)
    {
        if (endpoint.Text("redirect") is not { } redirect)
        {
            return null;
        }

        var target = RedirectTarget.Parse(redirect.Text, origins, out var fault);
        if (fault is not null)
        {
            scope.Fault(redirect, fault);
        }

        return target;
    }

    private static string Access(LoadScope scope, SourceMapping endpoint)
    {
        if ((endpoint.Text("access") ?? endpoint.Mapping("access")?.Text("create")) is not { } rule)
        {
            return AccessRule.Public;
        }

        if (AccessRule.Fault(rule.Text, scope.Context.IdentityAvailable) is { } fault)
        {
            scope.Fault(rule, fault);
        }

        return rule.Text;
    }
}
