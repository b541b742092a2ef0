namespace Postroom.Declarations.Loading;

/// <summary>Says what the declaration knows but this version cannot carry out.</summary>
internal static class Availability
{
    private static readonly Version Running = typeof(Availability).Assembly.GetName().Version!;

    public static string Missing(string what, string remedy) =>
        $"{what} is not available in this version of Postroom ({Running.Major}.{Running.Minor}). {remedy}";
}
