namespace Postroom.JsonSchema.Tests.Keywords;

/// <summary>A schema, a document, and every fault as "pointer code: message"; none when it is valid.</summary>
public static class KeywordRow
{
    public static void Check(string schema, string document, string expected)
    {
        (JsonVerdict verdict, SchemaFaults faults) = Schemas.Walk(schema, document);
        string found = string.Join("\n", faults.Select(fault => $"{fault.Pointer} {fault.Code}: {fault.Message}"));
        Assert.Equal(expected, found);
        Assert.Equal(expected.Length == 0 ? JsonVerdict.Valid : JsonVerdict.Invalid, verdict);
    }
}
