using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Silo.Texts;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace MallVip.Silo.Hosting.Journals;

/// <summary>Where the journal is kept, as configured under <c>MallVip:Journal</c> in <c>appsettings.json</c>
/// or the environment (<c>MallVip__Journal__Store</c>).</summary>
public sealed record JournalSettings
{
    /// <summary><c>SQLite</c> (default) or <c>PostgreSQL</c>.</summary>
    public string Store { get; init; } = "SQLite";

    /// <summary>Npgsql's connection string, for PostgreSQL.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The connection string of the tables' owner, for <c>mallvip migrate</c> only. Default: the
    /// same.</summary>
    public string? OwnerConnectionString { get; init; }

    /// <summary>The server key, 64 hexadecimal digits, for PostgreSQL.</summary>
    public string? ServerKey { get; init; }

    /// <summary>A file that holds the server key, in place of <see cref="ServerKey"/>.</summary>
    public string? ServerKeyFile { get; init; }

    /// <summary>Whether commits are to wait for a standby; <c>/readyz</c> then says <c>degraded</c> while
    /// they do not. Default false.</summary>
    public bool ExpectStandby { get; init; }

    /// <summary>Whether the silos move old entries into an archive, on PostgreSQL. Default false.</summary>
    public bool Archive { get; init; }

    /// <summary>How long entries have been settled before they move. At least 2 hours; default 24.</summary>
    public TimeSpan ArchiveAfter { get; init; } = TimeSpan.FromHours(24);

    private ImmutableArray<string> Misread { get; init; } = [];

    internal bool IsPostgres => Store.Equals("PostgreSQL", StringComparison.OrdinalIgnoreCase);

    private bool IsSqlite => Store.Equals("SQLite", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>appsettings.json</c> of the working directory, and the environment over
    /// it.</summary>
    public static JournalSettings Load() => (Settings.Section("Journal").Get<JournalSettings>() ?? new())
        with
    { Misread = Settings.Faults("Journal") };

    /// <summary>All that is wrong, one sentence each, without a secret; empty: nothing.</summary>
    public ImmutableArray<string> Examine()
    {
        var faults = ExamineDatabase().ToBuilder();
        if (IsPostgres)
            ExamineKey(faults);
        return faults.ToImmutable();
    }

    /// <summary>As <see cref="Examine()"/>, for what needs no server key.</summary>
    public ImmutableArray<string> ExamineDatabase()
    {
        var faults = Misread.ToBuilder();
        if (!IsPostgres && !IsSqlite)
            faults.Add($"MallVip:Journal:Store is '{Store}'; it must be SQLite or PostgreSQL.");
        if (IsSqlite && ConnectionString is not null)
            faults.Add("MallVip:Journal:ConnectionString is set, but Store is SQLite. Set Store to "
                + "PostgreSQL, or remove it.");
        if (IsPostgres && string.IsNullOrWhiteSpace(ConnectionString))
            faults.Add("MallVip:Journal:ConnectionString is missing: PostgreSQL needs one, like "
                + "'Host=db.example;Database=mallvip;Username=mallvip;Passfile=/etc/mallvip/pgpass'.");
        if (ArchiveAfter < PostgresJournal.LeastArchiveAge)
            faults.Add(ConsoleText.Current.Format(
                "settings.archive", ArchiveAfter, PostgresJournal.LeastArchiveAge));
        Examine(nameof(ConnectionString), ConnectionString, faults);
        Examine(nameof(OwnerConnectionString), OwnerConnectionString, faults);
        return faults.ToImmutable();
    }

    /// <summary>The configured key; null when there is none.</summary>
    /// <exception cref="ServerKeyException">It is malformed, or its file cannot be read.</exception>
    internal ServerKey? ReadKey()
    {
        if (ServerKey is not null)
            return Grains.Journal.ServerKey.FromText(ServerKey);
        if (ServerKeyFile is null)
            return null;
        try
        {
            return Grains.Journal.ServerKey.FromText(File.ReadAllText(ServerKeyFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServerKeyException(
                $"MallVip:Journal:ServerKeyFile cannot be read: {failure.Message}", failure);
        }
    }

    private void ExamineKey(ImmutableArray<string>.Builder faults)
    {
        if (ServerKey is not null && ServerKeyFile is not null)
            faults.Add("MallVip:Journal:ServerKey and ServerKeyFile are both set; keep one.");
        try
        {
            if (ReadKey() is null)
                faults.Add("MallVip:Journal:ServerKey is missing: PostgreSQL needs one of 64 hexadecimal "
                    + "digits. Draw it once with 'openssl rand -hex 32', keep it with the backups, and give "
                    + "every silo the same.");
        }
        catch (ServerKeyException failure)
        {
            faults.Add($"The server key cannot be used: {failure.Message}");
        }
    }

    // What the parser says may quote the text, and the text may hold the password.
    private static void Examine(string name, string? text, ImmutableArray<string>.Builder faults)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            faults.Add($"MallVip:Journal:{name} cannot be read as a connection string: it consists of "
                + "NAME=VALUE pairs with ';' between them, and only names that Npgsql knows.");
        }
    }
}
