using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Postroom.Faults;

namespace Postroom.Endpoints.Resources;

/// <summary>The parameters of an address that reads: each at most once, and none that would be ignored.</summary>
internal sealed class ReadQuery(IQueryCollection query)
{
    private const int ShownMax = 60;

    public string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

    public Fault? JudgeNames(string[] known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                return Invalid($"`{Shown(name)}` is no parameter of this address. "
                    + $"There are {string.Join(", ", known)}.");
            }

            if (values.Count > 1)
            {
                return Invalid($"`{name}` is there more than once. Send it once.");
            }
        }

        return null;
    }

    public Fault? Limit(int max, int unlessTold, out int limit)
    {
        limit = unlessTold;
        return Text("limit") is not { } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit >= 1 && limit <= max)
            ? null
            : Invalid($"`limit` is a whole number from 1 to {max}.");
    }

    /// <summary>The whole query with one parameter set, a question mark first.</summary>
    public string With(string name, string value) => new QueryBuilder(
        query.Where(pair => pair.Key != name)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            .Append(KeyValuePair.Create(name, value))).ToString();

    private static Fault Invalid(string message) => new(FaultCatalogue.QueryInvalid, message);

    private static string Shown(string name) => name.Length <= ShownMax ? name : name[..ShownMax];
}
