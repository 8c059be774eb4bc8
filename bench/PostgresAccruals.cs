using System.Globalization;
using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Bench;

/// <summary>
/// The same purchases by a stored procedure under pgbench and by this engine, on one PostgreSQL, in turns.
/// </summary>
internal static class PostgresAccruals
{
    private const int Members = 100_000;
    private const int Rounds = 3;
    private const int Callers = 256;
    private const int RivalCallers = 64;
    private const string Schema = "mallvip_bench_engine";

    private static readonly int[] Clients = [8, 32, 64];

    /// <param name="connection">Whose user may make schemas.</param>
    /// <param name="seconds">Of each measurement.</param>
    public static async Task RunAsync(string connection, int seconds, TextWriter output)
    {
        if (PgBench.Program is not { } pgbench)
        {
            output.WriteLine("no pgbench here: the comparison is left out");
            return;
        }

        await using var sql = await AccrualProcedure.CreateAsync(connection, pgbench, Members);
        await Migrator.RunAsync(connection, $"CREATE SCHEMA {Schema}");
        try
        {
            var own = new NpgsqlConnectionStringBuilder(connection) { SearchPath = Schema }.ConnectionString;
            await Migrator.ApplyAsync(own);
            await CompareAsync(sql, own, seconds, output);
        }
        finally
        {
            await Migrator.RunAsync(connection, $"DROP SCHEMA {Schema} CASCADE");
        }
    }

    private static async Task CompareAsync(
        AccrualProcedure sql, string connection, int seconds, TextWriter output)
    {
        var journal = await PostgresJournal.OpenAsync(new() { ConnectionString = connection });
        await using var bed = await EngineBed.OpenAsync(Members, journal);
        await EngineBench.CallsAsync(output, bed, "engine, warm-up", Callers, seconds);
        var (procedure, engine) = (new List<double>(), new List<double>());
        var rivals = await StackRivals.OpenAsync(connection, Members, output);
        var others = rivals.ToDictionary(rival => rival, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var best = 0.0;
            foreach (var clients in Clients)
            {
                var rate = await sql.MeasureAsync(clients, seconds);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  stored procedure, {clients} clients: {rate:N0} events/s"));
                best = Math.Max(best, rate);
            }

            procedure.Add(best);
            var calls = await EngineBench.CallsAsync(output, bed, "engine", Callers, seconds);
            foreach (var rival in rivals)
            {
                var rate = await rival.MeasureAsync(RivalCallers, seconds);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {rival.Name}, {RivalCallers} callers: {rate:N0} events/s"));
                others[rival].Add(rate);
            }

            engine.Add(Math.Max(calls, await EngineBench.StreamsAsync(output, bed, seconds)));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"medians of {Rounds} rounds, the best of each: engine {Median(engine):N0} events/s, "
            + $"stored procedure {Median(procedure):N0}: {Median(engine) / Median(procedure):F2} times"));
        foreach (var rival in rivals)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rival.Name} {Median(others[rival]):N0}: {Median(engine) / Median(others[rival]):F2} times"));
            await rival.DisposeAsync();
        }
    }

    private static double Median(List<double> rates)
    {
        rates.Sort();
        return rates[rates.Count / 2];
    }
}
