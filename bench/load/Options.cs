using System.Globalization;

namespace Postroom.Load;

/// <summary>The options of one command: `--name value`, or `--name` alone for a switch.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal Options(IEnumerable<string> arguments)
    {
        string? open = null;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                open = argument[2..];
                _values[open] = "";
            }
            else if (open is null)
            {
                throw new UsageException($"'{argument}' stands alone; options look like --name value");
            }
            else
            {
                _values[open] = argument;
                open = null;
            }
        }
    }

    internal bool Switch(string name) => _values.Remove(name);

    internal string? Text(string name) => _values.Remove(name, out var value) ? value : null;

    internal double Number(string name, double otherwise)
    {
        return Text(name) switch
        {
            null or "" => otherwise,
            var text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            var text => throw new UsageException($"--{name} needs a number, not '{text}'"),
        };
    }

    /// <summary>Refuses whatever no command asked for.</summary>
    internal void Close()
    {
        if (_values.Count > 0)
        {
            throw new UsageException($"unknown option --{_values.Keys.First()}");
        }
    }
}
