namespace Postroom.Plans.Resources;

/// <summary>What may be done with records: each action has its own rule of access.</summary>
internal enum RecordAction
{
    Create,
    Read,
    List,
    Update,
    Delete,
}
