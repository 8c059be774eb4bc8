namespace MallVip.Rules.Members;

/// <summary>
/// Day entries in bytes, three to five each. A header of 8 bits: form (2), mall (2, 3 = it follows), days
/// since the entry before (4, 15 = the rest follows). Forms: 0 visit only; 1 one purchase, spend in whole
/// units; 2 one purchase, spend in hundredths; 3 any. Numbers are base 128, lowest digits first.
/// </summary>
internal static class DayCodec
{
    /// <summary>No entry takes more bytes.</summary>
    public const int MaxEntryBytes = 40;

    private const decimal PlainLimit = 1L << 48;

    public static int Write(Span<byte> target, in DayEntry entry, int previousDay)
    {
        var (form, plain) = FormOf(entry);
        var days = entry.Day - previousDay;
        var at = 1;
        target[0] = (byte)(form | (Math.Min(entry.Mall, 3) << 2) | (Math.Min(days, 15) << 4));
        if (days >= 15)
            WriteNumber(target, ref at, (ulong)(days - 15));
        if (entry.Mall >= 3)
            WriteNumber(target, ref at, (ulong)(entry.Mall - 3));
        if (form is 1 or 2)
            WriteNumber(target, ref at, plain);
        else if (form == 3)
            WriteAny(target, ref at, entry);
        return at;
    }

    public static DayEntry Read(ReadOnlySpan<byte> source, ref int at, int previousDay)
    {
        var day = previousDay;
        return ReadPlace(source, ref at, ref day, out var mall) switch
        {
            0 => new(day, mall, 0, 0m),
            1 => new(day, mall, 1, ReadNumber(source, ref at)),
            2 => new(day, mall, 1, Scaled(ReadNumber(source, ref at), 2)),
            _ => ReadAny(source, ref at, day, mall),
        };
    }

    /// <summary>Reads where an entry stands and leaves out what it says, which <see cref="Skip"/> or
    /// <see cref="Add"/> read next.</summary>
    /// <param name="day">The day of the entry before; then this one's.</param>
    /// <returns>The entry's form.</returns>
    public static int ReadPlace(ReadOnlySpan<byte> source, ref int at, ref int day, out int mall)
    {
        var header = source[at++];
        var days = header >> 4;
        if (days == 15)
            days += (int)ReadNumber(source, ref at);
        mall = (header >> 2) & 3;
        if (mall == 3)
            mall += (int)ReadNumber(source, ref at);
        day += days;
        return header & 3;
    }

    public static void Skip(ReadOnlySpan<byte> source, ref int at, int form)
    {
        if (form is 1 or 2)
            ReadNumber(source, ref at);
        else if (form == 3)
            ReadAny(source, ref at, 0, 0);
    }

    /// <summary>Adds what an entry says to a sum: an evaluation asks for many, and most need no decimals.
    /// </summary>
    public static void Add(ReadOnlySpan<byte> source, ref int at, int form, ref DaySum sum)
    {
        sum.Visits++;
        if (form == 3)
        {
            var any = ReadAny(source, ref at, 0, 0);
            sum.Purchases += any.Purchases;
            sum.Other += any.Spend;
        }
        else if (form != 0)
        {
            sum.Purchases++;
            var plain = ReadNumber(source, ref at);
            if (form == 1)
                sum.Units += plain;
            else
                sum.Hundredths += plain;
        }
    }

    private static (int Form, ulong Plain) FormOf(in DayEntry entry)
    {
        if (entry.Purchases == 0 && entry.Spend == 0)
            return (0, 0);
        if (entry.Purchases != 1 || entry.Spend < 0 || entry.Spend >= PlainLimit)
            return (3, 0);
        if (decimal.IsInteger(entry.Spend))
            return (1, (ulong)entry.Spend);
        var hundredths = entry.Spend * 100;
        return decimal.IsInteger(hundredths) ? (2, (ulong)hundredths) : (3, 0);
    }

    private static decimal Scaled(ulong digits, byte scale) =>
        new(unchecked((int)digits), unchecked((int)(digits >> 32)), 0, false, scale);

    private static void WriteAny(Span<byte> target, ref int at, in DayEntry entry)
    {
        WriteNumber(target, ref at, (ulong)entry.Purchases);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(entry.Spend, bits);
        target[at++] = (byte)((bits[3] >> 16) & 0x1F | (bits[3] < 0 ? 0x80 : 0));
        WriteNumber(target, ref at, unchecked((uint)bits[0] | ((ulong)(uint)bits[1] << 32)));
        WriteNumber(target, ref at, unchecked((uint)bits[2]));
    }

    private static DayEntry ReadAny(ReadOnlySpan<byte> source, ref int at, int day, int mall)
    {
        var purchases = (int)ReadNumber(source, ref at);
        var scale = source[at++];
        var low = ReadNumber(source, ref at);
        var high = ReadNumber(source, ref at);
        var spend = new decimal(
            unchecked((int)low), unchecked((int)(low >> 32)), unchecked((int)high), scale >= 0x80,
            (byte)(scale & 0x1F));
        return new(day, mall, purchases, spend);
    }

    private static void WriteNumber(Span<byte> target, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            target[at++] = (byte)(value & 0x7F | 0x80);
        target[at++] = (byte)value;
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> source, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = source[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
