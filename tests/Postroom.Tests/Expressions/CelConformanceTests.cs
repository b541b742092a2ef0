using System.Diagnostics;
using Postroom.Expressions;
using Postroom.Tests.Walls;

namespace Postroom.Tests.Expressions;

/// <summary>
/// CEL's own conformance tests (@bufbuild/cel-spec). Each either passes or stands in <c>cel-outside.txt</c> with the reason
/// why it is outside of the subset; POSTROOM_REWRITE_EXPECTED=1 writes that file anew, to be read before it is committed.
/// </summary>
public sealed class CelConformanceTests
{
    private const string Refused = "types are always checked before anything is evaluated";

    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "web");

    private static readonly string s_outside =
        Path.Combine(Repository.Root, "tests", "Postroom.Tests", "Expressions", "cel-outside.txt");

    /// <summary>By the words of the fault that such an expression meets.</summary>
    private static readonly (string Fault, string Reason)[] s_reasons =
    [
        ("Unsigned numbers", "unsigned numbers: JSON has none"),
        ("Bytes cannot be written", "bytes: JSON has none"),
        ("Maps cannot be written", "map literals"),
        ("`type` of CEL", "types as values"),
        ("`uint` of CEL", "unsigned numbers: JSON has none"),
        ("`bytes` of CEL", "bytes: JSON has none"),
        ("This is never null by the schema", Refused),
        ("cannot compare", Refused),
        ("is never in", Refused),
        ("takes true or false", Refused),
        ("has no fields", Refused),
        ("Both values must have one type", Refused),
        ("does not take", Refused),
        ("This cannot become", Refused),
        ("There is no function", "functions of extensions and of other types"),
        ("is written so", "functions of extensions and of other types"),
        ("A name is expected behind the point", "optional values"),
        ("should end before `{`", "messages of protocol buffers"),
        ("not `{`", "messages of protocol buffers"),
        ("There is no `", "names of protocol buffers, enums and types"),
        ("A value or a name is expected here, not `.`", "names from the root"),
        ("not `?`", "optional values"),
    ];

    /// <summary>CEL compares a whole number beyond 2^53 with a double after rounding it; here no number is rounded.</summary>
    private static readonly string[] s_exact =
    [
        "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double",
        "comparisons/gt_literal/not_gt_dyn_big_double_int",
        "comparisons/lte_literal/lte_dyn_big_double_int",
        "comparisons/gte_literal/gte_dyn_int_big_lossy_double",
    ];

    [Fact]
    public async Task Every_test_passes_or_is_outside_for_a_reason()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(s_folder, "node_modules", "@bufbuild", "cel-spec"))
            && (File.Exists("/usr/bin/node") || File.Exists("/usr/local/bin/node")),
            "@bufbuild/cel-spec is not installed; run npm ci in tests/web");
        var outside = new List<string>();
        var wrong = new List<string>();
        var passed = 0;
        foreach (var test in CelTest.Read(await RunAsync()))
        {
            var (verdict, isOutside) = Judge(test);
            passed += verdict is null ? 1 : 0;
            if (verdict is not null)
            {
                (isOutside ? outside : wrong).Add($"{test.Name}: {verdict}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} are wrong:\n{string.Join('\n', wrong.Take(40))}");
        Compare(passed, outside);
    }

    private static (string? Verdict, bool IsOutside) Judge(CelTest test)
    {
        if (test.Expected() is not { } expected)
        {
            return ("its value is of a type that JSON has not", true);
        }

        if (test.Inputs() is not var (environment, values))
        {
            return ("a variable is of a type that JSON has not", true);
        }

        var result = Expression.Compile(test.Expr, environment);
        if (result.Fault is { } fault)
        {
            var reason = s_reasons.FirstOrDefault(each => fault.Message.Contains(each.Fault, StringComparison.Ordinal)).Reason;

            // What should fail when it runs is refused before it does.
            return test.IsError && reason is (null or Refused) ? (null, false) : (reason ?? $"{test.Expr}: {fault}", reason is not null);
        }

        if (s_exact.Contains(test.Name))
        {
            return ("numbers are compared exactly, not as doubles", true);
        }

        var value = result.Expression!.Evaluate(values);
        var actual = value.IsError ? "an error" : Sample.Show(value);
        return actual == expected || (actual == "-0" && expected == "0") ? (null, false)
            : ($"{test.Expr} is {Sample.Show(value)}, not {expected}", false);
    }

    private static void Compare(int passed, List<string> outside)
    {
        string[] lines =
        [
            $"{passed} tests of @bufbuild/cel-spec pass. These {outside.Count} are outside of the subset:",
            .. outside.Order(StringComparer.Ordinal),
        ];
        if (Environment.GetEnvironmentVariable("POSTROOM_REWRITE_EXPECTED") == "1")
        {
            File.WriteAllLines(s_outside, lines);
        }

        Assert.Equal(File.ReadAllLines(s_outside), lines);
    }

    private static async Task<string> RunAsync()
    {
        var start = new ProcessStartInfo("node", ["cel.js"]) { WorkingDirectory = s_folder, RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        return output;
    }
}
