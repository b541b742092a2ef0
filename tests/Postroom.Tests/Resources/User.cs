using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Postroom.Tests.Resources;

/// <summary>A record of the tests.</summary>
public sealed class User
{
    [Required]
    [EmailAddress]
    [MaxLength(200)]
    public string? Email { get; set; }

    [MaxLength(100)]
    public string? Name { get; set; }

    public int? Age { get; set; }
}

[JsonSerializable(typeof(User))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class UserJson : JsonSerializerContext;
