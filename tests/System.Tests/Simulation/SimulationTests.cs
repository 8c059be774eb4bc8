using System.Globalization;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Simulation;

/// <summary>
/// The whole engine under seeds. <c>MALLVIP_SIM_SEEDS=N</c> plays N seeds in place of 20, <c>MALLVIP_SIM_FIRST=S</c>
/// begins at S: a failure names the seed that plays it again.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Rounds = 8;

    [Fact]
    public Task Whatever_fails_and_whenever_the_silo_dies_every_answer_holds_and_every_ledger_adds_up() =>
        PlayAsync(Setting("MALLVIP_SIM_FIRST", 1), Setting("MALLVIP_SIM_SEEDS", 20), () => new MemoryStore());

    [Fact]
    public Task The_same_holds_on_files() =>
        PlayAsync(Setting("MALLVIP_SIM_FIRST", 1), Math.Max(2, Setting("MALLVIP_SIM_SEEDS", 20) / 10), () => new SqliteStore());

    private async Task PlayAsync(int first, int seeds, Func<ISimulatedStore> store)
    {
        for (var seed = first; seed < first + seeds; seed++)
        {
            await using var simulation = new Simulation(seed, store());
            var faults = await simulation.RunAsync(Rounds);
            output.WriteLine($"seed {seed}: {simulation}");
            Assert.True(
                faults.Count == 0,
                $"Seed {seed} (MALLVIP_SIM_FIRST={seed} MALLVIP_SIM_SEEDS=1):\n{string.Join('\n', faults.Take(20))}");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
