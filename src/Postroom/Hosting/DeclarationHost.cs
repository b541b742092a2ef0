using Microsoft.Extensions.Logging;
using Postroom.Declarations;
using Postroom.Parsing;
using Postroom.Plans;
using Postroom.Receiving;

namespace Postroom.Hosting;

/// <summary>
/// Reads the declaration, compiles it together with what the host's code maps, and puts it in force: at the start all
/// at once or not at all, later without dropping a request.
/// </summary>
internal sealed partial class DeclarationHost(
    PostroomOptions options, CodeForms forms, PlanTable plans, ProxyList proxies,
    BodyFormats formats, TimeProvider time,
    ILogger<DeclarationHost> logger) : IDisposable
{
    private DeclarationWatcher? _watcher;

    /// <summary>What is declared; the defaults before the start.</summary>
    public PostroomDeclaration Declaration { get; private set; } = new();

    /// <exception cref="DeclarationException">There are faults; nothing is in force.</exception>
    public void Start()
    {
        var result = LoadAndWatch();
        if (result.Faults.Count > 0)
        {
            throw new DeclarationException(result.Faults);
        }

        var faults = Apply(result.Declaration!);
        if (faults.Count > 0)
        {
            throw new DeclarationException(faults);
        }
    }

    public void Dispose() => _watcher?.Dispose();

    private DeclarationResult LoadAndWatch()
    {
        if (options.Declaration is not null || options.File is not { } file)
        {
            return new DeclarationResult(options.Declaration ?? new PostroomDeclaration(), [], []);
        }

        var context = new DeclarationContext
        {
            IdentityAvailable = options.HasIdentity,
            Formats = [.. formats.Known.Select(format => format.Name)],
        };
        if (!options.Reload)
        {
            return DeclarationLoader.Load(file, context);
        }

        _watcher = new DeclarationWatcher(file, context, new FileSystemFolderWatch(time), time, Reloaded);
        return _watcher.Start();
    }

    private void Reloaded(DeclarationResult result)
    {
        var before = Declaration;
        var faults = result.Declaration is { } declaration ? Apply(declaration) : result.Faults;
        if (faults.Count == 0)
        {
            foreach (var key in StartKeys.Changed(before, Declaration))
            {
                Log.NotYet(logger, key);
            }

            Log.Reloaded(logger, plans.Plans.Count);
            return;
        }

        foreach (var fault in faults)
        {
            Log.ReloadRefused(logger, fault);
        }
    }

    private List<DeclarationFault> Apply(PostroomDeclaration declaration)
    {
        var faults = new List<DeclarationFault>();
        var compiled = new List<EndpointPlan>();
        new LimitRanges("", faults).Judge(declaration.Limits);
        foreach (var endpoint in declaration.Endpoints.Where(endpoint => forms.Find(endpoint.Path) is null))
        {
            Compile(declaration, endpoint, null, compiled, faults);
        }

        foreach (var form in forms.Forms)
        {
            Compile(declaration, form.Declaration, form, compiled, faults);
        }

        if (faults.Count == 0)
        {
            Declaration = declaration;
            proxies.Replace(declaration);
            plans.Replace(compiled, declaration.StorageBytesMax);
        }

        return faults;
    }

    private void Compile(
        PostroomDeclaration server, EndpointDeclaration endpoint, CodeForm? form, List<EndpointPlan> compiled,
        List<DeclarationFault> faults)
    {
        if (PlanCompiler.Compile(server, endpoint, form?.Handler, form?.FollowUp, faults, formats.Known) is { } plan)
        {
            compiled.Add(plan);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Information, "The declaration has changed: {Count} endpoints are in force.")]
        public static partial void Reloaded(ILogger logger, int count);

        [LoggerMessage(13, LogLevel.Warning,
            "`{Key}` has changed in the declaration: it is read at the start, so restart the server for it to count.")]
        public static partial void NotYet(ILogger logger, string key);

        [LoggerMessage(12, LogLevel.Error, "The changed declaration was refused, the old one stays in force. {Fault}")]
        public static partial void ReloadRefused(ILogger logger, DeclarationFault fault);
    }
}
