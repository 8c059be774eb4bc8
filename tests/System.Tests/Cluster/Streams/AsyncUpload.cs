using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MallVip.Grains.Journal;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>Numbered purchases of many members that a silo answers 202, and what became of them.</summary>
internal static class AsyncUpload
{
    private const int Members = 300;
    private const int Events = 3_000;

    private static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-2);

    /// <summary>Makes the members and sends the purchases, all to the inbox of one silo.</summary>
    public static async Task SendAsync(SiloProcess silo)
    {
        await PostAsync(silo, [.. Enumerable.Range(0, Members).Select(Member)], later: false);
        await PostAsync(silo, [.. Enumerable.Range(0, Events).Select(Purchase)], later: true);
    }

    /// <summary>Sends events that must be accepted, or put into the inbox.</summary>
    public static async Task PostAsync(SiloProcess silo, byte[][] lines, bool later)
    {
        var text = string.Join('\n', lines.Select(Encoding.UTF8.GetString));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new StringContent(text, Encoding.UTF8),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (later)
            request.Headers.Add("Prefer", "respond-async");
        using var response = await silo.Http.SendAsync(request);
        Assert.Equal(later ? HttpStatusCode.Accepted : HttpStatusCode.OK, response.StatusCode);
        var answers = (await response.Content.ReadAsStringAsync()).Split('\n')[..^1];
        Assert.Equal(lines.Length, answers.Length);
        Assert.All(answers, answer => Assert.Contains(
            later ? "\"queued\"" : "\"accepted\"", answer, StringComparison.Ordinal));
    }

    /// <summary>Ends when nothing waits in any inbox of the database.</summary>
    public static Task DeliveredAsync(string connection) => Waiting.PatientlyAsync(
        async () => await PostgresSilo.CountAsync(connection, "inbox") == 0);

    /// <summary>All stand in the journal once, each member's in the order in which they were sent.</summary>
    public static async Task JudgeAsync(string connection, ITestOutputHelper output)
    {
        await using var journal = await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = connection });
        await KillVerdict.JudgeAsync(journal, [.. Enumerable.Range(0, Events).Select(Id)], output);
        var numbers = Enumerable.Range(0, Events).ToDictionary(i => EventKey.ForEvent("till", Id(i)));
        var last = new Dictionary<GrainKey, int>();
        var after = TailPosition.Start;
        while (await journal.TailAsync(after, 1_000) is { Entries.Count: > 0 } page)
        {
            foreach (var entry in page.Entries.Where(entry => entry.Grain.Kind == GrainKind.Member))
            {
                if (!numbers.TryGetValue(entry.Key, out var number))
                    continue;
                Assert.True(last.GetValueOrDefault(entry.Grain, -1) < number, $"{Id(number)} came too late.");
                last[entry.Grain] = number;
            }

            after = page.Next;
        }

        Assert.Equal(Members, last.Count);
    }

    private static byte[] Member(int i) =>
        Till.Event($"m{i}", "member.registered", Till.Phone(i), Time, "{}");

    private static byte[] Purchase(int i) =>
        Till.Purchase(Id(i), Till.Phone(i % Members), 1 + (i % 97), Time.AddSeconds(i), "bay-coat");

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"e{i}");
}
