namespace Postroom.Load.Wire;

internal enum AnswerState
{
    Incomplete,
    Complete,
    Malformed,
    Closed,
}
