using Postroom.Declarations.Yaml;

namespace Postroom.Declarations.Loading;

/// <summary>Reads <c>proofOfWork</c>: <c>on</c>, <c>off</c>, or an object.</summary>
internal static class ProofOfWorkReader
{
    private const string Key = "proofOfWork";

    public static ProofOfWorkDeclaration? Read(LoadScope scope, SourceMapping spam, SchemaSource? schema)
    {
        var declared = Declared(scope, spam);
        if (declared is not null && schema?.Names(ProofOfWorkDeclaration.Field) == true)
        {
            scope.Fault(spam.Find(Key)!.Value, $"`{ProofOfWorkDeclaration.Field}` is a field of the schema: the proof "
                + "comes under this name. Give the field another.");
        }

        return declared;
    }

    private static ProofOfWorkDeclaration? Declared(LoadScope scope, SourceMapping spam)
    {
        var unless = new ProofOfWorkDeclaration();
        if (spam.Text(Key) is { } switched)
        {
            if (switched.Text is not ("on" or MeasureReader.Off))
            {
                scope.Fault(switched,
                    $"`{Key}` is `on`, `off` or an object, not `{Excerpt.Of(switched.Text)}`.");
            }

            return switched.Text == "on" ? unless : null;
        }

        if (spam.Mapping(Key) is not { } mapping)
        {
            return null;
        }

        return new()
        {
            MaxNumber = mapping.Count("maxNumber") ?? unless.MaxNumber,
            Expires = new MeasureReader(scope, mapping).Duration(
                "expires", ProofOfWorkDeclaration.ExpiresLeast, ProofOfWorkDeclaration.ExpiresMost) ?? unless.Expires,
        };
    }
}
