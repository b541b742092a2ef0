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
    BodyFormats formats, StoreHost stores, TimeProvider time,
    ILogger<DeclarationHost> logger) : IDisposable
{
    private readonly SemaphoreSlim _reloads = new(1);
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

        var faults = new List<DeclarationFault>();
        var compiled = Compile(result.Declaration!, faults);
        if (faults.Count > 0)
        {
            throw new DeclarationException(faults);
        }

        PutInForce(result.Declaration!, compiled);
    }

    /// <summary>Sees that the store, open since, has the tables of what was put in force.</summary>
    /// <exception cref="DeclarationException">Records contradict what is declared.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        var faults = await RecordTables.PrepareAsync(stores.Posts, plans.Plans, cancel);
        if (faults.Count > 0)
        {
            throw new DeclarationException(faults);
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _reloads.Dispose();
    }

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

    private void Reloaded(DeclarationResult result) => _ = ReloadAsync(result);

    /// <summary>
    /// One after the other: new tables and indexes are made while the old plans go on, and only then the plans change.
    /// </summary>
    private async Task ReloadAsync(DeclarationResult result)
    {
        try
        {
            await _reloads.WaitAsync();
            try
            {
                await ReloadOnceAsync(result);
            }
            finally
            {
                _reloads.Release();
            }
        }
        catch (Exception exception)
        {
            Log.ReloadFailed(logger, exception);
        }
    }

    private async Task ReloadOnceAsync(DeclarationResult result)
    {
        var faults = new List<DeclarationFault>(result.Faults);
        var compiled = result.Declaration is { } declaration ? Compile(declaration, faults) : [];
        if (faults.Count == 0)
        {
            faults.AddRange(await RecordTables.PrepareAsync(stores.Posts, compiled, CancellationToken.None));
        }

        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                Log.ReloadRefused(logger, fault);
            }

            return;
        }

        var before = Declaration;
        PutInForce(result.Declaration!, compiled);
        foreach (var key in StartKeys.Changed(before, Declaration))
        {
            Log.NotYet(logger, key);
        }

        Log.Reloaded(logger, plans.Plans.Count);
    }

    private List<EndpointPlan> Compile(PostroomDeclaration declaration, List<DeclarationFault> faults)
    {
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

        PlanCompiler.Link(compiled, faults);
        return compiled;
    }

    private void PutInForce(PostroomDeclaration declaration, IReadOnlyList<EndpointPlan> compiled)
    {
        Declaration = declaration;
        proxies.Replace(declaration);
        plans.Replace(compiled, declaration.StorageBytesMax);
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

        [LoggerMessage(14, LogLevel.Error,
            "The changed declaration could not be put in force, the old one stays.")]
        public static partial void ReloadFailed(ILogger logger, Exception exception);

        [LoggerMessage(12, LogLevel.Error, "The changed declaration was refused, the old one stays in force. {Fault}")]
        public static partial void ReloadRefused(ILogger logger, DeclarationFault fault);
    }
}
