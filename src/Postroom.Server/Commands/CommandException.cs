namespace Postroom.Server.Commands;

/// <summary>A command ends with a message for a person, and without a stack trace.</summary>
internal sealed class CommandException(string message) : Exception(message);
