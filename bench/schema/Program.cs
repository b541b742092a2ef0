using System.Globalization;
using System.Text;
using Postroom.Bench.Schema;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 15;
var output = new StringBuilder();
using Ajv? ajv = Ajv.TryStart(Path.Combine("bench", "schema", "ajv"));
var table = new Table(rounds, output);
foreach (Contest contest in Contest.All)
{
    Contestant[] theirs = ajv is null ? [] : [ajv.Validate, ajv.Both];

    // NJsonSchema knows no unevaluatedProperties and does not find the references of that schema.
    Contestant[] other = contest.Schema.Contains("unevaluated", StringComparison.Ordinal) ? [] : [Ours.NJson];
    table.Documents(contest, [Ours.Reader, Ours.Walk, .. theirs, .. other]);
    Console.Error.WriteLine(contest.Name);
}

Contest[] valid = [.. Contest.All.Where(contest => contest.IsValid)];
table.Compiling(valid, ajv is null
    ? [Ours.Compile, Ours.NJsonCompile]
    : [Ours.Compile, ajv.Compile, Ours.NJsonCompile]);
Console.Write(output);
