namespace Postroom.Postgres.Schema;

/// <summary>One step of the schema. Steps that were released never change.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">The statements over the schema <c>postroom</c>.</param>
/// <param name="OldestBeside">
/// The newest step that a program must know to work beside this one: nodes of the release before go on through an
/// update, so a step only adds, and what it makes useless is dropped a release later.
/// </param>
internal sealed record Migration(int Number, string Name, string Sql, int OldestBeside);
