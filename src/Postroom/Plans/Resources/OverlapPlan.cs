using Postroom.Storage.Records;

namespace Postroom.Plans.Resources;

/// <summary>A rule about ranges of a resource.</summary>
/// <param name="Rule">How the store knows it.</param>
/// <param name="From">The field of the start, as a JSON Pointer.</param>
/// <param name="To">The field of the end, as a JSON Pointer.</param>
internal sealed record OverlapPlan(OverlapRule Rule, string From, string To);
