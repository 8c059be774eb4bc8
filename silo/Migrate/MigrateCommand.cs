using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Clusters;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Migrate;

/// <summary>The verb <c>mallvip migrate</c>: brings the tables of a PostgreSQL journal to this
/// build.</summary>
public static class MigrateCommand
{
    /// <summary>0: the tables are this build's; 1: the database cannot be migrated, or scripts that are the
    /// operator's to run were not; 2: the configuration is wrong.</summary>
    public static async Task<int> RunAsync(
        JournalSettings settings, IConsoleOutput console, CancellationToken cancellation)
    {
        var faults = settings.ExamineDatabase();
        if (faults.IsEmpty && !settings.IsPostgres)
            faults = [ConsoleText.Current.Format("migrate.folder")];
        foreach (var fault in faults)
            await console.Error.WriteLineAsync(fault);
        return faults.IsEmpty ? await MigrateAsync(settings, console, cancellation) : 2;
    }

    private static async Task<int> MigrateAsync(
        JournalSettings settings, IConsoleOutput console, CancellationToken cancellation)
    {
        var database = settings.OwnerConnectionString ?? settings.ConnectionString!;
        try
        {
            var applied = await Migrator.ApplyAsync(database, cancellation);
            foreach (var migration in applied)
                console.Out.WriteLine(ConsoleText.Current.Format("migrate.applied", migration.Name));
            console.Out.WriteLine(ConsoleText.Current.Format("migrate.current", Migration.All.Count));
            if (!GrainStack.KnowsClusters)
                return 0;
            var lacks = await ClusterTables.ExamineAsync(database, cancellation);
            if (ClusterText.Describe(lacks) is not { } lack)
                return 0;
            await console.Error.WriteLineAsync(lack);
            return 1;
        }
        catch (JournalException failure)
        {
            await console.Error.WriteLineAsync($"migrate: {failure.Message}");
            return 1;
        }
    }
}
