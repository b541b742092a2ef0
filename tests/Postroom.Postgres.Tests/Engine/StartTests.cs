using Postroom.Postgres.Opening;

namespace Postroom.Postgres.Tests.Engine;

/// <summary>What is made, asked and refused when a node starts.</summary>
public sealed class StartTests(PostgresServer server) : EngineTest(server)
{
    private static readonly Dictionary<string, string> s_sound = new()
    {
        ["server_version_num"] = "150000",
        ["fsync"] = "on",
        ["full_page_writes"] = "on",
        ["synchronous_commit"] = "on",
    };

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_schema_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));

        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM store.migrations WHERE number = 1"));
        Assert.Equal(4L, await RunAsync("SELECT count(*) FROM store.nodes WHERE node IS NOT NULL"));
    }

    [Fact]
    public async Task A_newer_schema_that_this_version_can_work_beside_is_taken()
    {
        await OpenAsync();
        await RunAsync("INSERT INTO store.migrations VALUES (99, 'of the next release', 1)");

        Assert.NotNull(await OpenAsync());
    }

    [Fact]
    public async Task A_newer_schema_that_this_version_does_not_understand_is_refused()
    {
        await OpenAsync();
        await RunAsync("INSERT INTO store.migrations VALUES (99, 'of the release after', 98)");

        var failure = await Assert.ThrowsAsync<PostgresStartException>(() => OpenAsync());

        Assert.Contains("step 98", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fsync", "off")]
    [InlineData("full_page_writes", "off")]
    [InlineData("synchronous_commit", "off")]
    [InlineData("server_version_num", "120009")]
    public void A_server_that_could_lose_what_it_acknowledges_is_refused_by_name(string setting, string value)
    {
        ServerProbe.Refuse(s_sound);
        var failure = Assert.Throws<PostgresStartException>(
            () => ServerProbe.Refuse(new Dictionary<string, string>(s_sound) { [setting] = value }));

        Assert.Contains(setting.Replace("server_version_num", "older than", StringComparison.Ordinal),
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_setting_of_the_connection_itself_is_what_counts()
    {
        Options = Options with { ConnectionString = $"{Options.ConnectionString};Options=-c synchronous_commit=off" };

        var failure = await Assert.ThrowsAsync<PostgresStartException>(() => OpenAsync());

        Assert.Contains("synchronous_commit", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Postroom")]
    [InlineData("1st")]
    [InlineData("a; drop table b")]
    public async Task A_schema_is_a_plain_name(string schema)
    {
        Options = Options with { Schema = schema };

        await Assert.ThrowsAsync<PostgresStartException>(() => OpenAsync());
    }

    [Fact]
    public async Task Sixty_four_nodes_have_a_number_each_and_one_more_is_refused()
    {
        await OpenAsync();
        await RunAsync("UPDATE store.nodes SET seen_at = now() RETURNING 1");
        await Assert.ThrowsAsync<PostgresStartException>(() => OpenAsync());

        await RunAsync("UPDATE store.nodes SET seen_at = now() - interval '5 minutes' WHERE number = 40 RETURNING 1");

        Assert.Equal(40, (await OpenAsync()).Ids.Next().Row & (NodeNumber.Nodes - 1));
    }

    [Fact]
    public void An_address_is_read_as_libpq_reads_it()
    {
        var read = PostgresAddress.Read("postgres://ada:p%40ss@db.example.com:6432/posts?sslmode=verify-full");

        Assert.Equal(("db.example.com", 6432, "posts"), (read.Host, read.Port, read.Database));
        Assert.Equal(("ada", "p@ss"), (read.Username, read.Password));
        Assert.Equal(Npgsql.SslMode.VerifyFull, read.SslMode);
    }

    [Theory]
    [InlineData("postgres://ada:p%40ss@one:6432,two:7432/posts", "one:6432,two:7432")]
    [InlineData("postgresql://ada:p%40ss@one,two:7432,three/posts?sslmode=disable", "one,two:7432,three")]
    [InlineData("Host=one,two:7432;Username=ada;Password=p@ss;Database=posts", "one,two:7432")]
    public void Of_several_hosts_the_primary_is_asked_for(string text, string hosts)
    {
        var read = PostgresDefaults.Apply(PostgresAddress.Read(text), poolMax: 1);

        Assert.Equal((hosts, "ada", "p@ss", "posts"), (read.Host, read.Username, read.Password, read.Database));
        Assert.Equal("primary", read.TargetSessionAttributes);
    }

    [Fact]
    public void What_is_asked_of_several_hosts_can_be_said()
    {
        var read = PostgresDefaults.Apply(
            PostgresAddress.Read("postgres://one,two/posts?target_session_attrs=read-write"), poolMax: 1);

        Assert.Equal("read-write", read.TargetSessionAttributes);
    }

    [Theory]
    [InlineData("postgres://ada:secret@one,/posts")]
    [InlineData("postgres://ada:secret@one,two/three,four:x/posts?sslmode=perhaps")]
    [InlineData("postgres://ada:secret@:x/posts")]
    [InlineData("Host=a;Pasword=secret")]
    [InlineData("postgres://ada:secret@a/b?sslmode=perhaps")]
    public void What_is_no_address_is_refused_without_repeating_it(string text)
    {
        var failure = Assert.Throws<PostgresStartException>(() => PostgresAddress.Read(text));

        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_connection_string_does_not_say_is_what_the_store_asks_for()
    {
        var address = PostgresDefaults.Apply(PostgresAddress.Read("Host=localhost"), poolMax: 7);

        Assert.Equal((7, 60, 2), (address.MaxPoolSize, address.MaxAutoPrepare, address.AutoPrepareMinUsages));
        Assert.Equal((30, "postroom", true), (address.KeepAlive, address.ApplicationName, address.NoResetOnClose));
    }

    [Theory]
    [InlineData(
        "Host=pooler;Maximum Pool Size=4;Max Auto Prepare=0;Keepalive=5;Application Name=mine;No Reset On Close=false")]
    [InlineData("host=pooler;maxpoolsize=4;MAX AUTO PREPARE=0;keepalive=5;applicationname=mine;noresetonclose=false")]
    [InlineData(
        "postgres://pooler/?Maximum_Pool_Size=4&Max_Auto_Prepare=0&Keepalive=5&application_name=mine"
        + "&No_Reset_On_Close=false")]
    public void What_a_connection_string_says_stays(string text)
    {
        var address = PostgresDefaults.Apply(PostgresAddress.Read(text), poolMax: 7);

        Assert.Equal((4, 0), (address.MaxPoolSize, address.MaxAutoPrepare));
        Assert.Equal((5, "mine", false), (address.KeepAlive, address.ApplicationName, address.NoResetOnClose));
    }
}
