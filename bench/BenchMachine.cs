using System.Globalization;
using System.Runtime.InteropServices;

namespace MallVip.Bench;

/// <summary>What a figure was measured with and on.</summary>
internal static class BenchMachine
{
    public static string Describe(string[] args) => string.Create(
        CultureInfo.InvariantCulture,
        $"mallvip-bench {string.Join(' ', args)} | {Cpu()} x {Environment.ProcessorCount} | "
        + $"{RuntimeInformation.FrameworkDescription} | {RuntimeInformation.OSDescription}");

    private static string Cpu()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info)
            ? File.ReadLines(Info).FirstOrDefault(
                line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
