using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MallVip.Bench;

/// <summary>PostgreSQL's own load generator.</summary>
internal static class PgBench
{
    private const string Rate = "tps = ";

    /// <summary>Where it is: of the newest PostgreSQL installed, or on the path; null: nowhere.</summary>
    public static string? Program { get; } = Find();

    /// <summary>Runs a script as fast as it goes, with prepared statements.</summary>
    /// <param name="program">See <see cref="Program"/>.</param>
    /// <param name="to">The database; its Search Path names the schema.</param>
    /// <param name="script">A file of the script.</param>
    /// <param name="clients">Connections, each with one transaction at a time.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>Transactions a second.</returns>
    public static async Task<double> RunAsync(
        string program, NpgsqlConnectionStringBuilder to, string script, int clients, int seconds)
    {
        var arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"-n -M prepared -c {clients} -j 2 -T {seconds} -h {to.Host} -p {to.Port} -U {to.Username}");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[.. arguments.Split(' '), "-f", script, to.Database ?? "postgres"])
            start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGOPTIONS"] = $"-c search_path={to.SearchPath}";
        using var process =
            Process.Start(start) ?? throw new InvalidOperationException("pgbench did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? RateOf(output)
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}.");
    }

    private static double RateOf(string output)
    {
        var from = output.IndexOf(Rate, StringComparison.Ordinal) + Rate.Length;
        var end = output.IndexOf(' ', from);
        return double.Parse(output.AsSpan(from, end - from), CultureInfo.InvariantCulture);
    }

    private static string? Find()
    {
        const string Installed = "/usr/lib/postgresql";
        var versions = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed).Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.OrderDescending(StringComparer.Ordinal).Concat(onPath)
            .Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists);
    }
}
