using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Postroom.Delivery;
using Postroom.Description;
using Postroom.Endpoints;
using Postroom.Endpoints.Resources;
using Postroom.Endpoints.Resources.Changes;
using Postroom.Endpoints.Uploads;
using Postroom.Exchange;
using Postroom.Hosting;
using Postroom.Authorization;
using Postroom.Execution;
using Postroom.Execution.Batches;
using Postroom.Execution.Records;
using Postroom.Idempotency;
using Postroom.Parsing;
using Postroom.Plans;
using Postroom.Receiving;
using Postroom.Responding;
using Postroom.Storage;
using Postroom.Validation;
using Postroom.Validation.Files;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Postroom to a host.</summary>
public static class PostroomServiceExtensions
{
    private const string FileName = "postroom.yaml";

    /// <summary>
    /// Adds Postroom. It reads <c>postroom.yaml</c> of the content root where there is one; faults in it stop the
    /// start with a <see cref="DeclarationException"/> that lists all of them. A store must be chosen on the result.
    /// </summary>
    public static PostroomBuilder AddPostroom(this IHostApplicationBuilder builder, PostroomOptions? options = null)
    {
        var settings = options ?? new PostroomOptions();
        var file = Path.Combine(builder.Environment.ContentRootPath, FileName);
        if (settings.File is null && settings.Declaration is null && File.Exists(file))
        {
            settings = settings with { File = file };
        }

        AddRooms(builder.Services, settings);
        return new PostroomBuilder(builder.Services);
    }

    private static void AddRooms(IServiceCollection services, PostroomOptions options)
    {
        services.AddRouting();
        services.AddMetrics();
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(EntropySource.System);
        services.AddSingleton<StoreHost>();
        services.AddSingleton(provider => provider.GetRequiredService<StoreHost>().Posts);
        services.AddSingleton(provider => provider.GetRequiredService<StoreHost>().Traces);
        services.AddSingleton(provider => provider.GetRequiredService<StoreHost>().Files);
        services.AddSingleton<PlanTable>();
        services.AddSingleton<CodeForms>();
        services.AddSingleton<DeclarationHost>();
        services.AddSingleton<IHostedService, PostroomService>();
        AddStages(services);
        AddWorkers(services);
    }

    private static void AddStages(IServiceCollection services)
    {
        services.AddSingleton<ProxyList>();
        services.AddSingleton<ForwardedHeaders>();
        services.AddSingleton<IStartupFilter, ForwardedGate>();
        services.AddSingleton<CallerReader>();
        services.AddSingleton<Preflight>();
        services.AddSingleton<RateGate>();
        services.AddSingleton<IItemRates>(provider => provider.GetRequiredService<RateGate>());
        services.AddSingleton<ReceivingStage>();
        services.AddSingleton<BodyMemory>();
        services.AddSingleton<BodyFormats>();
        services.AddSingleton<MediaTypes>();
        services.AddSingleton<ParsingStage>();
        services.AddSingleton<AuthorizationStage>();
        services.AddSingleton<KeysInFlight>();
        services.AddSingleton<KeyIdentity>();
        services.AddSingleton<KeyQuota>();
        services.AddSingleton<IdempotencyStage>();
        services.AddSingleton<ProofChallenges>();
        services.AddSingleton<ProofRule>();
        services.AddSingleton<SpamRule>();
        services.AddSingleton<FileScrutiny>();
        services.AddSingleton<ValidationStage>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<UnitEnd>();
        services.AddSingleton<RecordExecution>();
        services.AddSingleton<AtomicBatch>();
        services.AddSingleton<ItemImport>();
        services.AddSingleton<BatchExecution>();
        services.AddSingleton<ExecutionStage>();
        services.AddSingleton<FormPages>();
        services.AddSingleton<RespondingStage>();
        services.AddSingleton<PostObserver>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<PostPipeline>();
        services.AddSingleton<FormEndpoint>();
        services.AddSingleton<ChallengeEndpoint>();
        services.AddSingleton<RecordReading>();
        services.AddSingleton<RecordListing>();
        services.AddSingleton<StreamSlots>();
        services.AddSingleton<ChangeWatches>();
        services.AddSingleton<IChangeSignal>(provider => provider.GetRequiredService<ChangeWatches>());
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<ResourceEndpoint>();
        services.AddSingleton<RecordRequests>();
        AddUploads(services);
        services.AddSingleton<ProofScript>();
        services.AddSingleton<PlanEndpointSource>();
        services.AddSingleton<DescriptionHost>();
        services.AddSingleton<ReferenceScript>();
    }

    private static void AddUploads(IServiceCollection services)
    {
        services.AddSingleton<UploadHashes>();
        services.AddSingleton<UploadTurns>();
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<UploadFinish>();
        services.AddSingleton<UploadFlow>();
        services.AddSingleton<UploadLinks>();
        services.AddSingleton<UploadDownload>();
        services.AddSingleton<UploadFiles>();
        services.AddSingleton<UploadList>();
        services.AddSingleton<UploadRequests>();
    }

    private static void AddWorkers(IServiceCollection services)
    {
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobWorker>();
        services.AddSingleton<IJobSignal>(provider => provider.GetRequiredService<JobWorker>());
        services.AddSingleton<PurgeWorker>();
        services.AddSingleton<ReleaseRun>();
        services.AddSingleton<SecondRun>();
        services.AddSingleton<IEntryReleases, EntryReleases>();
    }
}
