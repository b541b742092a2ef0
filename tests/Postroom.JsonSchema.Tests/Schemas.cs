using System.Text;

namespace Postroom.JsonSchema.Tests;

/// <summary>Shorthand of the tests; formats are asserted unless told otherwise.</summary>
internal static class Schemas
{
    public static CompiledSchema Compile(string schema, SchemaOptions? options = null)
    {
        SchemaCompilation compilation =
            CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema), options ?? SchemaOptions.AssertingFormats);
        Assert.True(compilation.Succeeded, string.Join("\n", compilation.Errors));
        return compilation.Schema;
    }

    public static IReadOnlyList<SchemaError> Errors(string schema, SchemaOptions? options = null) =>
        CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema), options ?? SchemaOptions.AssertingFormats).Errors;

    public static JsonVerdict Verdict(string schema, string document) => Walk(schema, document).Verdict;

    public static (JsonVerdict Verdict, SchemaFaults Faults) Walk(string schema, string document)
    {
        var faults = new SchemaFaults();
        JsonVerdict verdict = Compile(schema).Walk(Encoding.UTF8.GetBytes(document), faults);
        return (verdict, faults);
    }

    /// <summary>"pointer code" of every fault, in order.</summary>
    public static string[] Codes(string schema, string document) =>
        [.. Walk(schema, document).Faults.Select(fault => $"{fault.Pointer} {fault.Code}")];
}
