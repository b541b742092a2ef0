namespace Postroom.Tests.Idempotency;

/// <summary>Keys and bodies that the rows of the rules are told with.</summary>
internal static class Keys
{
    public const string One = "3f1b9a52-0000-4000-8000-000000000001";
    public const string Two = "3f1b9a52-0000-4000-8000-000000000002";

    public const string Ada = """{"name":"Ada","email":"ada@example.com"}""";
    public const string Ben = """{"name":"Ben","email":"ben@example.com"}""";

    public static (string Name, string Value) Header(string key) => ("Idempotency-Key", key);
}
