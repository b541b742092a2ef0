using Postroom.Storage;

namespace Postroom.Tests.Delivery;

internal sealed record JobRun(EntryId Entry, string Text, string Key, int Attempt, bool WasStored);
