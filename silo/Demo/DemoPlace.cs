using System.Security.Cryptography;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting.Journals;
using Npgsql;

namespace MallVip.Silo.Demo;

/// <summary>Where a demo writes: a folder, or a schema of the configured database; gone at its end.</summary>
internal sealed class DemoPlace : IAsyncDisposable
{
    private readonly Func<Task> _remove;

    private DemoPlace(JournalPlace place, Func<Task> remove) => (Place, _remove) = (place, remove);

    public JournalPlace Place { get; }

    /// <exception cref="JournalException">The database cannot be used, or its user may make no
    /// schema.</exception>
    public static Task<DemoPlace> MakeAsync(JournalSettings settings, CancellationToken cancellation) =>
        settings.IsPostgres
            ? InSchemaAsync(settings.OwnerConnectionString ?? settings.ConnectionString!, cancellation)
            : Task.FromResult(InFolder());

    public async ValueTask DisposeAsync() => await _remove();

    private static DemoPlace InFolder()
    {
        var folder = Directory.CreateTempSubdirectory("mallvip-demo-").FullName;
        return new(new FolderPlace(folder), () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<DemoPlace> InSchemaAsync(string database, CancellationToken cancellation)
    {
        var name = $"mallvip_demo_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await Migrator.RunAsync(database, $"CREATE SCHEMA {name}", cancellation);
        var schema = new NpgsqlConnectionStringBuilder(database) { SearchPath = name }.ConnectionString;
        await Migrator.ApplyAsync(schema, cancellation);
        var key = ServerKey.FromBytes(RandomNumberGenerator.GetBytes(ServerKey.Size));
        return new(
            new DatabasePlace(schema, key),
            () => Migrator.RunAsync(database, $"DROP SCHEMA {name} CASCADE", CancellationToken.None));
    }
}
