using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Silo.Hosting.Journals;

/// <summary>A database on PostgreSQL; its server key is configured.</summary>
public sealed class DatabasePlace(string connectionString, ServerKey? key) : JournalPlace
{
    private readonly PostgresOptions _options = new() { ConnectionString = connectionString };

    /// <summary>Never for sure: it is asked only when it is opened.</summary>
    public override bool IsUnused => false;

    public override string Database => connectionString;

    public override async ValueTask<(IJournal Journal, ServerKey Key)> OpenAsync(
        ClusterSeat? seat = null, CancellationToken cancellation = default) => (
        await PostgresJournal.OpenAsync(Options(seat), cancellation),
        key ?? throw new ServerKeyException("The server key is not configured."));

    public override async ValueTask<IJournalReader> OpenReaderAsync(
        CancellationToken cancellation = default) =>
        await PostgresJournalReader.OpenAsync(_options, cancellation);

    public override ServerKey? LoadKey() => key;

    private PostgresOptions Options(ClusterSeat? seat) => _options with
    {
        IsShared = seat is not null,
        Cluster = seat?.ClusterId,
        Address = seat?.EndPoint,
    };

    public override string ToString()
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL {to.Host}:{to.Port}/{to.Database}";
    }
}
