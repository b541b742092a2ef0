using Postroom.Postgres.Tests;

[assembly: AssemblyFixture(typeof(PostgresServer))]
