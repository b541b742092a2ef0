using System.Reflection;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Tests.Limits;

/// <summary>A limit that code declares is judged before the server starts, as one of a file is.</summary>
public sealed class LimitRangesTests
{
    public static TheoryData<string> OfEndpoints => Names(typeof(LimitsDeclaration));

    public static TheoryData<string> OfServers => Names(typeof(ServerLimitsDeclaration));

    [Theory]
    [MemberData(nameof(OfEndpoints))]
    public void A_limit_of_an_endpoint_below_its_range_is_a_fault(string name)
    {
        var limits = new LimitsDeclaration();
        Lower(limits, name);
        List<DeclarationFault> faults = [];
        new LimitRanges("/api/contact", faults).Judge(limits);
        AssertNamed(name, faults);
        Assert.StartsWith("/api/contact: limits.", faults[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfServers))]
    public void A_limit_of_the_server_below_its_range_is_a_fault(string name)
    {
        var limits = new ServerLimitsDeclaration();
        Lower(limits, name);
        List<DeclarationFault> faults = [];
        new LimitRanges("", faults).Judge(limits);
        AssertNamed(name, faults);
    }

    [Fact]
    public void A_limit_above_its_range_is_a_fault_and_the_defaults_are_none()
    {
        List<DeclarationFault> faults = [];
        new LimitRanges("", faults).Judge(new LimitsDeclaration());
        new LimitRanges("", faults).Judge(new ServerLimitsDeclaration());
        Assert.Empty(faults);
        new LimitRanges("", faults).Judge(new LimitsDeclaration { Depth = 65, BodyTime = TimeSpan.FromDays(2) });
        Assert.Equal(
            ["limits.bodyTime must be 1 to 86400 seconds, not 172800.", "limits.depth must be 1 to 64, not 65."],
            faults.Select(fault => fault.Message));
    }

    private static void AssertNamed(string name, List<DeclarationFault> faults) => Assert.StartsWith(
        $"limits.{JsonNamingPolicy.CamelCase.ConvertName(name)} must be ",
        Assert.Single(faults).Message, StringComparison.Ordinal);

    private static void Lower(object limits, string name)
    {
        var property = limits.GetType().GetProperty(name)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(limits, type == typeof(TimeSpan) ? TimeSpan.Zero : Convert.ChangeType(-1, type, null));
    }

    private static TheoryData<string> Names(Type limits) =>
        [.. limits.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];
}
