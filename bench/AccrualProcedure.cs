using System.Globalization;
using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Bench;

/// <summary>
/// What a shop would write in plain SQL in place of an engine: one procedure that knows a repeated event,
/// writes a journal row, and moves balance, lot and tier of the member in one transaction. No rules, limits,
/// tags, chains of hashes or answers: all of that is the engine's handicap.
/// </summary>
internal sealed class AccrualProcedure : IAsyncDisposable
{
    private const string Schema = "mallvip_bench_sql";

    private const string Tables = """
        CREATE TABLE seen(source text, id text, PRIMARY KEY(source, id));
        CREATE TABLE journal(pos bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, member bigint NOT NULL,
          at timestamptz NOT NULL, event jsonb NOT NULL, points bigint NOT NULL, balance bigint NOT NULL);
        CREATE TABLE member(id bigint PRIMARY KEY, points bigint NOT NULL, growth bigint NOT NULL,
          spent numeric NOT NULL, tier text NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE lot(member bigint, expires date, points bigint NOT NULL,
          PRIMARY KEY(member, expires)) WITH (fillfactor = 50);
        """;

    private const string Procedure = """
        CREATE FUNCTION accrue(source text, id text, who bigint, store text, paid numeric) RETURNS bigint
        LANGUAGE plpgsql AS $$
        DECLARE
          earned bigint := floor(paid / 10);
          total bigint;
        BEGIN
          INSERT INTO seen VALUES (source, id) ON CONFLICT DO NOTHING;
          IF NOT FOUND THEN RETURN NULL; END IF;
          UPDATE member m SET points = m.points + earned, growth = m.growth + floor(paid),
            spent = m.spent + paid,
            tier = CASE WHEN m.growth + paid >= 10000 THEN 'gold'
              WHEN m.growth + paid >= 2000 THEN 'silver' ELSE m.tier END
            WHERE m.id = who RETURNING m.points INTO total;
          INSERT INTO lot VALUES (who, date_trunc('month', now() + interval '13 months'), earned)
            ON CONFLICT (member, expires) DO UPDATE SET points = lot.points + excluded.points;
          INSERT INTO journal(member, at, event, points, balance) VALUES (who, now(),
            jsonb_build_object('id', id, 'source', source, 'type', 'mall.purchase', 'store', store,
              'receipt', id, 'paid', paid), earned, total);
          RETURN total;
        END $$
        """;

    // A random id of 63 bits is new for all that a benchmark can tell.
    private const string Script = """
        \set id random(1, 9000000000000000000)
        \set who random(0, $LAST)
        \set paid random(100, 90000)
        SELECT accrue('bench', :id::text, :who, 'bay-fresh', :paid / 100.0);
        """;

    private readonly NpgsqlConnectionStringBuilder _to;
    private readonly string _program;
    private readonly string _script = Path.GetTempFileName();

    private AccrualProcedure(NpgsqlConnectionStringBuilder to, string program) =>
        (_to, _program) = (to, program);

    /// <summary>Makes a schema with so many members in it.</summary>
    public static async Task<AccrualProcedure> CreateAsync(string connection, string pgbench, int members)
    {
        await Migrator.RunAsync(connection, $"CREATE SCHEMA {Schema}");
        var to = new NpgsqlConnectionStringBuilder(connection) { SearchPath = Schema };
        var procedure = new AccrualProcedure(to, pgbench);
        await Migrator.RunAsync(to.ConnectionString, Tables);
        await Migrator.RunAsync(to.ConnectionString, Procedure);
        await Migrator.RunAsync(to.ConnectionString, string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO member SELECT n, 0, 0, 0, 'member' FROM generate_series(0, {members - 1}) n"));
        await Migrator.RunAsync(to.ConnectionString, "ANALYZE");
        await File.WriteAllTextAsync(
            procedure._script,
            Script.Replace(
                "$LAST", (members - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return procedure;
    }

    /// <summary>Events a second of so many clients.</summary>
    public Task<double> MeasureAsync(int clients, int seconds) =>
        PgBench.RunAsync(_program, _to, _script, clients, seconds);

    public async ValueTask DisposeAsync()
    {
        File.Delete(_script);
        await Migrator.RunAsync(_to.ConnectionString, $"DROP SCHEMA {Schema} CASCADE");
    }
}
