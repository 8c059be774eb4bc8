using System.Text;

namespace MallVip.Rules.Tests.Hostile;

/// <summary>Spoils the bytes of a file as editors, disks, transfers and hurried people do.</summary>
internal static class FileMutation
{
    private static readonly string[] Extremes =
    [
        "0", "-1", "1e999", "99999999999999999999999999", "2147483647", "9223372036854775807", "0.0000001",
        "9999-12-31", "0001-01-01", "9999-12-31T23:59:59+08:00", "99:99", "", "~", "{}", "[]", "''",
        "36500d", "99999999999d", "\ud83d\ude00", "1/0",
    ];

    /// <summary>One to six changes.</summary>
    public static byte[] Spoil(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 7); change > 0 && bytes.Count > 0; change--)
            Once(bytes, random);
        return [.. bytes];
    }

    private static void Once(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                break;
            case 3:
                var (from, to) = LineAt(bytes, at);
                bytes.InsertRange(to, [.. bytes[from..to]]);
                break;
            case 4:
                var (start, end) = LineAt(bytes, at);
                bytes.RemoveRange(start, end - start);
                break;
            case 5:
                bytes.Insert(at, (byte)"{}[]:,\"'#&*!|>-\n \t%@`?aZ0\\\0\u00ff"[random.Next(28)]);
                break;
            default:
                Replace(bytes, at, Extremes[random.Next(Extremes.Length)]);
                break;
        }
    }

    /// <summary>Puts a value in the place of the word or number that stands there.</summary>
    private static void Replace(List<byte> bytes, int at, string value)
    {
        var (from, to) = (at, at);
        while (from > 0 && IsWord(bytes[from - 1]))
            from--;
        while (to < bytes.Count && IsWord(bytes[to]))
            to++;
        bytes.RemoveRange(from, to - from);
        bytes.InsertRange(from, Encoding.UTF8.GetBytes(value));
    }

    private static bool IsWord(byte letter) =>
        char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'.' or (byte)'-' or (byte)'_';

    private static (int From, int To) LineAt(List<byte> bytes, int at)
    {
        var from = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        var end = bytes.IndexOf((byte)'\n', at);
        return (from, end < 0 ? bytes.Count : end + 1);
    }
}
