using MallVip.System.Tests.Engine;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Simulation;

/// <summary>
/// The whole engine under seeds. <c>MALLVIP_SIM_SEEDS=N</c> plays N seeds in place of 20,
/// <c>MALLVIP_SIM_FIRST=S</c> begins at S: a failure names the seed that plays it again.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Rounds = 8;

    [Fact]
    public Task Whatever_fails_and_whenever_the_silo_dies_every_answer_holds_and_every_ledger_adds_up() =>
        PlayAsync(Setting.Number("MALLVIP_SIM_SEEDS", 20), () => new MemoryStore());

    [Fact]
    public Task The_same_holds_on_files() =>
        PlayAsync(Math.Max(2, Setting.Number("MALLVIP_SIM_SEEDS", 20) / 10), () => new SqliteStore());

    private async Task PlayAsync(int seeds, Func<ISimulatedStore> store)
    {
        var first = Setting.Number("MALLVIP_SIM_FIRST", 1);
        for (var seed = first; seed < first + seeds; seed++)
        {
            await using var simulation = new Simulation(seed, store());
            var faults = await simulation.RunAsync(Rounds);
            output.WriteLine($"seed {seed}: {simulation}");
            Assert.True(
                faults.Count == 0,
                $"MALLVIP_SIM_FIRST={seed} MALLVIP_SIM_SEEDS=1 plays it again:\n" +
                string.Join('\n', faults.Take(20)));
        }
    }
}
