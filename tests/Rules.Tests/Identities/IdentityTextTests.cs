using MallVip.Rules.Identities;

namespace MallVip.Rules.Tests.Identities;

public sealed class IdentityTextTests
{
    [Theory]
    [InlineData("13800138000")]
    [InlineData("+8613800138000")]
    [InlineData("+86 138 0013 8000")]
    [InlineData("8613800138000")]
    [InlineData("0086-138-0013-8000")]
    [InlineData("013800138000")]
    [InlineData("(+86)138.0013.8000")]
    [InlineData("＋８６（１３８）００１３－８０００")]
    [InlineData("\u3000138\u00A00013\u20118000 ")]
    [InlineData("\u202D13800138000\u202C")]
    public void A_mainland_phone_has_one_form_in_any_usual_writing(string written) =>
        AssertNormal("phone", "+8613800138000", written);

    [Theory]
    [InlineData("+852 9123 4567", "+85291234567")]
    [InlineData("00852 91234567", "+85291234567")]
    [InlineData("+853-6612-3456", "+85366123456")]
    [InlineData("+1 (415) 555-0100", "+14155550100")]
    public void A_phone_from_elsewhere_has_its_country_code(string written, string normal) =>
        AssertNormal("phone", normal, written);

    [Theory]
    [InlineData("91234567")]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("++8613800138000")]
    [InlineData("138+00138000")]
    [InlineData("1380013800O")]
    [InlineData("+086138")]
    [InlineData("+1234567890123456")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_is_no_phone_is_refused(string written) => AssertRefused("phone", written);

    [Theory]
    [InlineData("沪a·12345", "沪A12345")]
    [InlineData("粤 B D12345", "粤BD12345")]
    [InlineData("京Ａ１２３４警", "京A1234警")]
    [InlineData("京A·1234学", "京A1234学")]
    [InlineData("沪B1234挂", "沪B1234挂")]
    [InlineData("粤Z·1234港", "粤Z1234港")]
    [InlineData("粤Z•1234澳", "粤Z1234澳")]
    [InlineData("沪A0023领", "沪A0023领")]
    [InlineData("使014·578", "使014578")]
    [InlineData("WJ京1234X", "WJ京1234X")]
    [InlineData("京O·A1234", "京OA1234")]
    [InlineData("AB 1234", "AB1234")]
    [InlineData("W", "W")]
    [InlineData("1 L0VE U", "1L0VEU")]
    [InlineData("MA-12-34", "MA1234")]
    [InlineData("ｍａ－１２－３４", "MA1234")]
    [InlineData("А123ВС77", "А123ВС77")]
    [InlineData("沪A1O3", "沪A1O3")]
    [InlineData("沪A1234567", "沪A1234567")]
    public void A_plate_has_one_form(string written, string normal) => AssertNormal("plate", normal, written);

    [Theory]
    [InlineData("沪AO123I", "沪A01231")]
    [InlineData("粤BDO1234", "粤BD01234")]
    public void Behind_the_first_letter_of_a_mainland_plate_O_is_a_nought_and_I_a_one(
        string seen, string normal) => AssertNormal("plate", normal, seen);

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("AB_1234")]
    [InlineData("1234567890123456789012345678901234567890")]
    public void What_is_no_plate_is_refused(string written) => AssertRefused("plate", written);

    [Theory]
    [InlineData(" Li.Wei+mall@Example.COM ", "li.wei+mall@example.com")]
    [InlineData("a..b@docomo.ne.jp", "a..b@docomo.ne.jp")]
    [InlineData("王@例子.中国", "王@例子.中国")]
    [InlineData("a＠b.cn", "a@b.cn")]
    public void An_address_is_lowered(string written, string normal) =>
        AssertNormal("email", normal, written);

    [Theory]
    [InlineData("a@b@c.com")]
    [InlineData("@c.com")]
    [InlineData("a@")]
    [InlineData("a b@c.com")]
    [InlineData("a@c..com")]
    [InlineData("a@-c.com")]
    [InlineData("a@localhost")]
    [InlineData("\"a\"@c.com")]
    [InlineData("a@[127.0.0.1]")]
    public void What_is_no_address_is_refused(string written) => AssertRefused("email", written);

    [Theory]
    [InlineData("card", "６００１ 2345\u3000678", "60012345678")]
    [InlineData("card", "vip-77", "vip-77")]
    [InlineData("card", "VIP-77", "VIP-77")]
    [InlineData("wechat", " oLVPpjqs9BhvzwPj5A-vTYAX3GLc ", "oLVPpjqs9BhvzwPj5A-vTYAX3GLc")]
    [InlineData("wechat", "test:1", "test:1")]
    [InlineData("device", "AA:bb:01", "AA:bb:01")]
    public void A_number_of_another_system_stays_as_it_is_but_for_blanks(
        string kind, string written, string normal) => AssertNormal(kind, normal, written);

    [Theory]
    [InlineData("card", " ")]
    [InlineData("wechat", "\u0001")]
    [InlineData("device", "a\0b")]
    public void A_value_that_a_store_cannot_carry_is_refused(string kind, string written) =>
        AssertRefused(kind, written);

    [Fact]
    public void Half_a_character_is_refused() => AssertRefused("unionid", "a" + (char)0xD800);

    /// <summary>The journal has pseudonyms only: these were normal in the first version.</summary>
    [Theory]
    [InlineData("phone:+8613800138000")]
    [InlineData("phone:+861012345678")]
    [InlineData("phone:+85291234567")]
    [InlineData("plate:沪A12345")]
    [InlineData("plate:沪AD12345")]
    [InlineData("plate:AB1234")]
    [InlineData("plate:12B4567890AB")]
    [InlineData("card:00-77")]
    [InlineData("card:aB7")]
    [InlineData("email:a.b+c@example.com")]
    [InlineData("wechat:oLVPpjqs9BhvzwPj5A-vTYAX3GLc")]
    [InlineData("unionid:o6_bmasdasdsad6_2sgVt7hMZOPfL")]
    [InlineData("device:aa:bb:cc")]
    public void What_was_normal_stays_as_it_is(string identity) => Assert.Equal(identity, Normal(identity));

    private static void AssertNormal(string kind, string normal, string written) =>
        Assert.Equal($"{kind}:{normal}", Normal($"{kind}:{written}"));

    private static void AssertRefused(string kind, string written)
    {
        Assert.False(IdentityText.TryParse($"{kind}:{written}", out var parsed, out _), parsed.ToString());
    }

    private static string Normal(string identity)
    {
        Assert.True(IdentityText.TryParse(identity, out var parsed, out var problem), problem);
        return parsed.ToString();
    }
}
