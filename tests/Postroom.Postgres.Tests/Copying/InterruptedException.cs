namespace Postroom.Postgres.Tests.Copying;

internal sealed class InterruptedException : Exception;
