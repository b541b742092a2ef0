using System.Text;
using Postroom.Answers;
using Postroom.Declarations;
using Postroom.Plans;

namespace Postroom.Description;

/// <summary>Names for people and for generated clients.</summary>
internal static class ApiNames
{
    /// <summary><c>/api/contact-us</c> is "ApiContactUs".</summary>
    public static string OfPath(string path)
    {
        var name = new StringBuilder(path.Length);
        var begins = true;
        foreach (var character in path)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                name.Append(begins ? char.ToUpperInvariant(character) : character);
                begins = false;
            }
            else
            {
                // What no identifier holds is told apart by its number.
                name.Append(char.IsAscii(character) ? "" : $"U{(int)character:X4}");
                begins = true;
            }
        }

        return name.Length == 0 ? "Root" : name.ToString();
    }

    /// <summary>What the whole is called.</summary>
    public static string Title(PostroomDeclaration declaration) =>
        declaration.OpenApi.Title ?? declaration.Url?.IdnHost ?? "Postroom";

    /// <summary>What an endpoint is about.</summary>
    public static string Title(EndpointPlan plan) => plan.Schema.Root.Title ?? FieldNames.HumanisePath(plan.Path);
}
