using System.Reflection;
using System.Text.Json;
using Postroom.Declarations;
using Postroom.Hosting;

namespace Postroom.Tests.Hosting;

/// <summary>What a changed file cannot change before a restart is named, each limit of the server too.</summary>
public sealed class StartKeysTests
{
    public static TheoryData<string> Limits =>
        [.. typeof(ServerLimitsDeclaration).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_changed_limit_of_the_server_is_named(string name)
    {
        var limits = new ServerLimitsDeclaration();
        var property = typeof(ServerLimitsDeclaration).GetProperty(name)!;
        property.SetValue(limits, property.PropertyType == typeof(TimeSpan)
            ? TimeSpan.FromSeconds(77)
            : Convert.ChangeType(77, property.PropertyType, null));
        Assert.Equal(
            ["limits." + JsonNamingPolicy.CamelCase.ConvertName(name)],
            StartKeys.Changed(new PostroomDeclaration(), new PostroomDeclaration { Limits = limits }));
    }

    [Fact]
    public void What_stays_the_same_is_not_named() =>
        Assert.Empty(StartKeys.Changed(new PostroomDeclaration(), new PostroomDeclaration()));
}
