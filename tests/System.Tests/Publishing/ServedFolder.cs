using MallVip.Client;
using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;

namespace MallVip.System.Tests.Publishing;

/// <summary>A real folder of rule files, and silos that serve it.</summary>
public abstract class ServedFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    private protected string Home => Directory.CreateDirectory(_folder.File("rules")).FullName;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Saves the programme of a rule that gives so many points per yuan.</summary>
    private protected void Save(int perYuan)
    {
        foreach (var (name, text) in PublishingHost.Files(perYuan).Texts)
            File.WriteAllText(Path.Combine(Home, name), text);
    }

    private protected Task<SiloApp> ServeAsync() => ServeAsync(Home);

    private protected Task<SiloApp> ServeNowhereAsync() => ServeAsync(_folder.File("nowhere"));

    private protected static async Task UntilInForceAsync(HttpClient http, int perYuan)
    {
        var (client, wanted) = (new MallVipClient(http), PublishingHost.Files(perYuan).Version());
        var started = TimeProvider.System.GetTimestamp();
        while ((await client.GetProgrammeAsync()).Version != wanted)
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It never came into force.");
    }

    private protected static async Task<string> ReadyAsync(HttpClient http, Func<string, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var response = await http.GetAsync("/readyz");
            var text = await response.Content.ReadAsStringAsync();
            if (wanted(text))
                return text;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, text);
        }
    }

    private Task<SiloApp> ServeAsync(string rules) => SiloApp.StartAsync(
        new(rules, JournalChoice.InFolder(_folder.File("data")), "http://127.0.0.1:0"),
        new ProgrammeLoader().Load(ProgrammeFolder.Files(rules)), new(), TimeProvider.System, default);
}
