using Postroom.Declarations;
using Postroom.JsonSchema;

namespace Postroom.Plans.Uploads;

/// <summary>What an endpoint for uploads is, compiled.</summary>
internal sealed class UploadPlan
{
    private const string FieldDefault = "file";

    private UploadPlan(SchemaView schema, UploadAccess read, UploadAccess delete)
    {
        Read = read;
        Delete = delete;
        (Field, IsList) = FieldOf(schema);
    }

    public UploadAccess Read { get; }

    public UploadAccess Delete { get; }

    /// <summary>
    /// The field of a file that comes without the name of one: the schema's only one, else <c>file</c>.
    /// </summary>
    public string Field { get; }

    /// <summary>True when that field holds a list of files.</summary>
    public bool IsList { get; }

    /// <summary>Bytes that stay free on the disk of the files.</summary>
    public required long DiskReserve { get; init; }

    /// <summary>Null for another kind of endpoint, or with faults.</summary>
    public static UploadPlan? Of(
        PostroomDeclaration server, EndpointDeclaration endpoint, CompiledSchema schema, List<DeclarationFault> faults)
    {
        if (endpoint.Kind != EndpointKind.Upload)
        {
            return null;
        }

        var declared = endpoint.Upload;
        var read = UploadAccess.Parse(declared.Read ?? (endpoint.Access == "public" ? "public" : UploadAccess.Owner));
        var delete = UploadAccess.Parse(declared.Delete ?? UploadAccess.Owner);
        if (read is null || delete is null)
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0,
                "access: a rule is none. Use public, authenticated, owner, role:x or scope:y."));
            return null;
        }

        if (FileRules.Of(endpoint, schema) is null)
        {
            faults.Add(new DeclarationFault(endpoint.Path, 0, 0,
                "schema: an upload takes a file, and no property says `type: string, format: binary`. Add one, or "
                + "leave the schema out."));
            return null;
        }

        return new UploadPlan(schema.Root, read, delete) { DiskReserve = server.Limits.DiskReserve };
    }

    private static (string Name, bool IsList) FieldOf(SchemaView schema)
    {
        var fields = schema.Properties
            .Where(property => property.Schema.IsFile || property.Schema.Items?.IsFile == true)
            .Select(property => (property.Name, !property.Schema.IsFile))
            .ToArray();
        return fields.Length == 1 ? fields[0] : (FieldDefault, false);
    }
}
