using System.Globalization;
using System.Reflection;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Hosting;

/// <summary>What tells the builds of silos apart: whether what decides and what remembers was compiled from
/// the same source.</summary>
public static class BuildMark
{
    /// <summary>This process's: the version, and eight digits that another compilation does not
    /// have.</summary>
    public static string Own { get; } = Of(typeof(BuildMark).Assembly, typeof(Fact).Assembly);

    private static string Of(params Assembly[] parts)
    {
        var mark = 0u;
        Span<byte> bytes = stackalloc byte[16];
        foreach (var part in parts)
        {
            part.ManifestModule.ModuleVersionId.TryWriteBytes(bytes);
            mark = uint.RotateLeft(mark, 7) ^ BitConverter.ToUInt32(bytes);
        }

        var version = parts[0].GetName().Version?.ToString(3);
        return string.Create(CultureInfo.InvariantCulture, $"{version} ({mark:x8})");
    }
}
