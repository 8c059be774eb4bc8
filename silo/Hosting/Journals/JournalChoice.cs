using System.Collections.Immutable;
using MallVip.Client.Keys;

namespace MallVip.Silo.Hosting.Journals;

/// <summary>The journal that a verb is to use, or what is wrong with its configuration.</summary>
public sealed class JournalChoice
{
    private readonly JournalPlace? _place;

    private JournalChoice(JournalPlace? place, ImmutableArray<string> faults) =>
        (_place, Faults) = (place, faults);

    /// <summary>What is wrong, one sentence each; empty: nothing.</summary>
    public ImmutableArray<string> Faults { get; }

    /// <summary>The place.</summary>
    /// <exception cref="StartupRefusedException">The configuration has faults: all of them.</exception>
    public JournalPlace Place => _place ?? throw new StartupRefusedException(Faults);

    /// <summary>Whether <c>/readyz</c> is to miss a synchronous standby.</summary>
    public bool ExpectsStandby { get; private init; }

    /// <summary>How old entries are when a silo moves them into the archive; null: never.</summary>
    public TimeSpan? ArchiveAfter { get; private init; }

    /// <summary>A place that is known.</summary>
    public static JournalChoice Of(JournalPlace place) => new(place, []);

    /// <summary>A data folder, whatever is configured.</summary>
    public static JournalChoice InFolder(string directory) => new(new FolderPlace(directory), []);

    /// <summary>What is configured; a data folder if that is all.</summary>
    public static JournalChoice Of(JournalSettings settings, string directory)
    {
        var faults = settings.Examine();
        if (faults.Length > 0)
            return new(null, faults);
        return settings.IsPostgres
            ? new(new DatabasePlace(settings.ConnectionString!, settings.ReadKey()), [])
            {
                ExpectsStandby = settings.ExpectStandby,
                ArchiveAfter = settings.Archive ? settings.ArchiveAfter : null,
            }
            : InFolder(directory);
    }
}
