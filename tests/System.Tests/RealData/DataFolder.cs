using System.Text;
using System.Text.Json;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.Silo.Verify;

namespace MallVip.System.Tests.RealData;

/// <summary>A data folder on disk and what lies beside it; gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mallvip-real-").FullName;

    public string Data => Path.Combine(_folder, "data");

    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>The folder will recognise the same people by the same handles as the other one.</summary>
    public void TakeKeyOf(DataFolder other)
    {
        Directory.CreateDirectory(Data);
        global::System.IO.File.Copy(
            Path.Combine(other.Data, ServerKey.FileName), Path.Combine(Data, ServerKey.FileName));
    }

    /// <summary>Opens an engine on the folder whose own timers do not run.</summary>
    public Task<LocalEngine> OpenAsync(Programme programme, TimeProvider time)
    {
        var (journal, key) = JournalFolder.Open(Data);
        return LocalEngine.OpenAsync(journal, key, programme, time, background: false);
    }

    /// <summary>Runs <c>mallvip import</c> into the folder; answers its JSON summary.</summary>
    public async Task<JsonElement> ImportAsync(string kind, string csv, string map, string rules)
    {
        var console = await Verb.RunAsync(
            0, "", "import", kind, "--csv", csv, "--map", map, "--rules", rules, "--data", Data,
            "--rejects", File("rejects.csv"), "--json");
        return JsonDocument.Parse(console.OutLines.Single()).RootElement;
    }

    /// <summary>Everything the journal holds, in its order.</summary>
    public async Task<IReadOnlyList<JournalEntry>> ReadJournalAsync()
    {
        await using var reader = SqliteJournalReader.Open(Data);
        var entries = new List<JournalEntry>();
        var page = await reader.TailAsync(TailPosition.Start, 4_096);
        while (page.Entries.Count > 0)
        {
            entries.AddRange(page.Entries);
            page = await reader.TailAsync(page.Next, 4_096);
        }

        return entries;
    }

    public async Task<IReadOnlyList<Fact>> ReadFactsAsync() =>
        [.. from entry in await ReadJournalAsync()
            where entry.Grain.Kind == GrainKind.Member
            from fact in JournalJson.ReadBody(entry.Body.Span).Facts
            select fact];

    /// <summary>Where the journal ends.</summary>
    public async Task<long> PositionAsync()
    {
        await using var reader = SqliteJournalReader.Open(Data);
        return reader.Commits.Pos;
    }

    /// <summary>Every member as of now, by id.</summary>
    public async Task<IReadOnlyList<MemberView>> ReadMembersAsync(Programme programme, TimeProvider time)
    {
        var ids = (await ReadJournalAsync())
            .Where(entry => entry.Grain.Kind == GrainKind.Member)
            .Select(entry => new MemberId(entry.Grain.Id)).Distinct();
        await using var engine = await OpenAsync(programme, time);
        var views = new List<MemberView>();
        foreach (var id in ids.Order())
            views.Add((await engine.Desk.ReadAsync(id, null, CancellationToken.None))!);
        return views;
    }

    public async Task<AuditResult> AuditAsync()
    {
        await using var reader = SqliteJournalReader.Open(Data);
        return await Auditor.RunAsync(reader, null, CancellationToken.None);
    }

    /// <summary>The whole state as text, to compare.</summary>
    public static string Text(MemberState state) => Encoding.UTF8.GetString(MemberSnapshot.Write(state));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
